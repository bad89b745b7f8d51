// Package office is the fold of the stream "office": units (单位), their
// officers and roles, their replicas, their profile for letters, the rulebooks,
// calendars and limits they adopted. It answers who may sign what.
//
// It holds no passwords and no private keys (vault) and opens nothing itself.
//
// # Act, format 0
//
// Part 0 of an entry of the stream "office" opens to
//
//	{"v":0, "at":"…", "recorded":"…", "unit":"<unit id>", "officer":"<officer id>",
//	 "effects":[{"do":"found","with":{…}}, …]}
//
// with the effects of effects.go. Names are for ever; unknown ones are kept.
//
// # Authority
//
// A unit is founded by an act signed by its first administrator's key: it
// speaks for itself only. One unit is the root of a space; the others count
// once an administrator of a unit that already counts has admitted them. An act
// is judged by what stood before it in canonical order; a retirement or removal
// wins over a grant that had not seen it. Entries a retired officer or a
// removed replica wrote after the numbers named in the act are kept without
// effect until a person confirms them.
package office
