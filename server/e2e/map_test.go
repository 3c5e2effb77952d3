package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A coordinator turns the map to a week, a venue and an area, and zooms it by
// keyboard, mouse and touch; it stays as it is looked at when the week changes.
func TestWalkThroughTheMap(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/map?colour=coverage")
	b.expectMapSeen("the whole map", 1)

	b.do("focus an area", chromedp.Focus(chromedp.CSS("a.area")))
	b.keys("+")
	b.expectMapSeen("the key +", 1.5)
	b.wheel(-200)
	b.await("the wheel zooms", mapZoom+" > 2")
	b.keys("0")
	b.expectMapSeen("the key 0", 1)
	b.pinch()
	b.await("two fingers zoom", mapZoom+" > 1.5")

	last := ask[int](b, "Number(document.querySelector('#week').max)")
	b.do("focus the week", chromedp.Focus(chromedp.CSS("#week")))
	b.do("press End", chromedp.KeyEvent(kb.End)) // the last week, in which everybody has been trained
	b.await("the map shows the last week", "location.search.includes('week=') && document.querySelectorAll('a.area.cov0').length === 0")
	if got := ask[int](b, "Number(document.querySelector('#week').value)"); got != last {
		t.Errorf("the slider stands at %d, want %d", got, last)
	}
	if !ask[bool](b, mapZoom+" > 1.5 && document.activeElement.id === 'week'") {
		t.Error("the view or the focus is lost when the week changes")
	}
	b.press(".segments a[href*='show=venues']")
	b.press(".map-table tbody a")
	b.expectText("Where they come from")
	if n := ask[int](b, "document.querySelectorAll('path.flow').length"); n == 0 || n > 8 {
		t.Errorf("%d lines lead to the venue, want 1 to 8", n)
	}
	b.press(".flows a[href*='area=']")
	b.expectText("Where they travel")
	b.settle("the map")

	// The weeks play when asked, until asked to stop; who wants less motion steps.
	b.visit("/map?colour=coverage")
	b.tabTo("[data-play]")
	b.enterKey()
	b.await("two weeks have passed", "Number(document.querySelector('#week').value) > 1 && location.search.includes('week=2')")
	if !ask[bool](b, "document.activeElement.matches('[data-play].playing')") {
		t.Error("while the weeks play, the focus or the way to stop them is lost")
	}
	b.enterKey()
	b.await("the weeks stand still", "!document.querySelector('.playing')")
	b.settle("the weeks")
}

// mapZoom is how far the map is zoomed in.
const mapZoom = "Number(document.querySelector('svg.map').style.getPropertyValue('--zoom') || 1)"

func (b *tab) expectMapSeen(after string, zoom float64) {
	b.t.Helper()
	if got := ask[float64](b, mapZoom); got != zoom {
		b.t.Errorf("after %s the map is zoomed in %v times, want %v", after, got, zoom)
	}
}

// mapMiddle is where the map's middle is in the window.
func (b *tab) mapMiddle() (x, y float64) {
	b.t.Helper()
	at := ask[[]float64](b, "(() => { const r = document.querySelector('svg.map').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 3]; })()")
	return at[0], at[1]
}

// wheel turns the wheel over the map. A turn sideways of nought would not be sent at all.
func (b *tab) wheel(by float64) {
	b.t.Helper()
	x, y := b.mapMiddle()
	if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaX: 0.1, DeltaY: by}); err != nil {
		b.t.Fatal(err)
	}
}

// pinch spreads two fingers on the map.
func (b *tab) pinch() {
	b.t.Helper()
	x, y := b.mapMiddle()
	for i, apart := range []float64{20, 40, 60} {
		kind := input.DispatchTouchEventTypeTouchMove
		if i == 0 {
			kind = input.DispatchTouchEventTypeTouchStart
		}
		b.touch(kind, &input.TouchPoint{X: x - apart, Y: y, ID: new(0.0)}, &input.TouchPoint{X: x + apart, Y: y, ID: new(1.0)})
	}
	b.touch(input.DispatchTouchEventTypeTouchEnd)
}

func (b *tab) touch(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
	b.t.Helper()
	if points == nil {
		points = []*input.TouchPoint{}
	}
	if _, err := chromedp.Call(b.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
		b.t.Fatal(err)
	}
}
