// SPDX-License-Identifier: Apache-2.0

package hook

// Directive is what a directive over a function says, for the hooks of a rule
// of kind directive:
//
//	//acme:audit "pay an order" order.id=id
//	func Pay(ctx context.Context, id int) error
//
// The rule's hooks are the same for each function that has the directive:
//
//	func Before(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any)
//	func After(call *hook.Call, d *hook.Directive, err error)
//
// ctx points to the function's first parameter if that is a context.Context,
// else it is nil. values are those of the parameters that the directive names,
// one for each key. err is the last result if that is an error.
//
// There is one Directive for each function, never changed.
type Directive struct {
	Name string   // "" if the directive gives none
	Keys []string // of its attributes
}
