package vault

// NoCoreDumps does nothing: Windows writes no dump of a program that did not
// ask for one.
func NoCoreDumps() {}
