package main

import "slices"

// commands is the whole table. Names and options are stable.
func commands() []command {
	return slices.Concat(officeCommands(), authorityCommands(), reportCommands(), ruleCommands(), calendarCommands(), caseCommands(), correctionCommands(), peopleCommands(), mailCommands(), letterCommands(),
		shareCommands(), keepCommands(), []command{demoCommand()})
}
