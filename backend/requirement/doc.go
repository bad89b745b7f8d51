// Package requirement is the table of what the sixteen systems ask
// (docs/requirements.tsv): row by row the node of a rulebook or a letter that
// meets it, and the test that proves it.
//
// A node that can be taken away without the test noticing meets nothing, so
// the package also takes nodes away: Without is a rulebook less one node, as
// data, past the checker of the regime package. Nothing here runs in the
// program; build/requirements and the tests of the desk use it.
//
// # Node
//
//	s16-property:clocks/report-up                      a file of assets/regimes, and a path in it
//	s16-property:actions/handle/fields/analysis
//	s16-property:lists/class/items/1/article
//	letter:s16-record-form:mandatory/content           a file of assets/letters, and a path in it
//	letter:s16-record-form                             the whole letter
//
// A step of the path is a key; of a list the element with that id, kind,
// title, field, number or name, the word itself, the element that has the step
// as a key (effects/go), whose one value has that id, field, slot or clock, or
// is that word (effects/handled), or its place from 0 on. With several such
// elements all are meant; id@track means the one on that track.
package requirement
