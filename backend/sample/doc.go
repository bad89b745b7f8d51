// Package sample makes up cases and mails for the demonstration, the practice
// desk and the benches. All of it is plainly a sample: nobody of these names
// exists, phones end in running numbers, addresses lie in 样本区.
//
// The same seed gives the same cases. It is not for tests of reading mail
// (package message has those) and what it makes may change with any version.
package sample
