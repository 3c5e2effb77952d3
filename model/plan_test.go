package model_test

import (
	"reflect"
	"testing"

	"kaskad/model"
)

// Sums and differences leave no term out, whatever terms there come to be.
func TestCostsAddUpTermByTerm(t *testing.T) {
	var a, b model.Cost
	x, y := reflect.ValueOf(&a).Elem(), reflect.ValueOf(&b).Elem()
	for i := range x.NumField() {
		x.Field(i).SetInt(int64(100 + 7*i))
		y.Field(i).SetInt(int64(1 + i*i))
	}
	sum, less := reflect.ValueOf(a.Plus(b)), reflect.ValueOf(a.Minus(b))
	for i := range x.NumField() {
		p, q := x.Field(i).Int(), y.Field(i).Int()
		if sum.Field(i).Int() != p+q || less.Field(i).Int() != p-q {
			t.Errorf("%s: %d and %d give %d and %d", x.Type().Field(i).Name, p, q, sum.Field(i).Int(), less.Field(i).Int())
		}
	}
}
