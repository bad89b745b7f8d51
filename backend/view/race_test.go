//go:build race

package view

const raced = true // the race detector slows everything down
