// Package desk is what an officer can do, one file per task, in shapes that
// the window and jiesuctl both use. It joins the rulebooks, the casebook, the
// letters, the mailbox and the shared folder; it stores nothing itself and
// draws nothing.
//
// Shapes are append-only: scripts and tests rely on the JSON names.
package desk
