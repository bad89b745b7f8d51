// Package complaint is the domain: a case (案件) is the fold of its acts.
//
// One command of an officer is one Act; an act carries effects from a closed
// set, one file each (effect_<name>.go). Decide turns a command into an act or
// a refusal that names the rule; it reads the regime. Fold turns the acts of a
// case, in any order of arrival, into a Case; it reads effects only and never
// fails: what does not fit in merged order becomes a Contradiction.
//
// It is not a store (casebook), not a rulebook (regime), draws no letters and
// computes no dates (deadline).
//
// # Act, format 0
//
// Part 0 of an entry of the stream "case:<id>" opens to this JSON object; part
// 1, where there is one, opens with the identity key to {"v":0,"effects":[…]}
// and is applied right after part 0 by those who may read it.
//
//	{"v":0, "action":"accept", "label":"受理", "track":"main",
//	 "at":"2026-09-28T09:00:00+08:00", "recorded":"…",
//	 "officer":{"id":"…","name":"…"}, "office":"YJ01", "reason":"…",
//	 "effects":[{"do":"decide","with":{…}}, …]}
//
// "at" is when it happened (the officer says), "recorded" when it was written.
// The meaning of an effect name never changes; a changed effect gets a new
// name. Unknown effects are kept verbatim; where the entry says "must" they
// make the case read-only (需要升级).
//
// # Rows
//
// A group is a list of rows, each with a random id. "add" puts one in, "remove"
// takes it out, "update" fills columns of it: the reply to a work order, the
// decision on a recusal. Rows of all branches stay; a column is like a field,
// the causally last wins. What a case adds up (remedies against an officer's
// authority) counts the rows, so it does not matter how they were written.
//
// # Recusal
//
// For every rulebook: an officer whose recusal is asked and not yet decided, or
// granted, who is the respondent or is declared to have an interest, can do
// nothing on the case but say so, and cannot be given it.
//
// # Slots and contradictions
//
// decide, classify, go and assign each claim a slot. A claim replaces the
// claims its author had seen. When claims remain side by side (for go, assign
// and classify: with different values), the acts that made them contradict
// each other; both stay, the earliest in order is shown, and a resolve effect
// names which to keep and which to drop. Dropped and undone acts stay in the
// history without effect; letters issued under them stay issued.
package complaint
