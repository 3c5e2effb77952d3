package rollout

import "kaskad/model"

// PriceOf prices a division of a problem's areas, in the order of their codes,
// into new waves: what Propose makes small.
func PriceOf(p *model.Problem, s Settings, groups []int) float64 {
	w := read(p)
	cells := w.loose(w.keepPublished())
	periods, err := w.periods(s, s.Waves)
	if err != nil {
		panic(err)
	}
	d := w.newDivision(cells, periods, &s)
	for i, g := range groups {
		d.at[i] = g
		d.put(i, g, 1)
	}
	for g := range d.groups {
		d.groups[g].price = d.priceOf(g)
	}
	return d.price()
}
