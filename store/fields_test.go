package store_test

import "reflect"

// zeroFields says of each field of a struct whether it is not set.
func zeroFields(v any) map[string]bool {
	value := reflect.ValueOf(v)
	fields := make(map[string]bool, value.NumField())
	for i := range value.NumField() {
		fields[value.Type().Field(i).Name] = value.Field(i).IsZero()
	}
	return fields
}
