// Package assets embeds the data the program ships: regimes, calendars,
// letters, fonts and samples. It holds bytes and no code that reads them;
// each folder has one go:embed line and one exported file system here, and
// the package that understands the folder is handed it by its caller.
//
// What has been shipped in a release keeps its id and its content for ever:
// cases name it by hash.
package assets

import "embed"

// Calendars holds the year files of the working-day calendar, calendars/2026.json.
//
//go:embed calendars/*.json
var Calendars embed.FS

// Letters holds the letter templates, letters/*.json (see backend/letter).
//
//go:embed letters
var Letters embed.FS

// Fonts holds the fonts of the letters and their licences, fonts/README.md.
//
//go:embed fonts
var Fonts embed.FS

// Regimes holds the rulebooks, regimes/*.yaml, and the vocabulary of actions.
//
//go:embed regimes/*.yaml
var Regimes embed.FS

// Samples holds made-up mails, plainly samples, samples/mails/*.eml; @-N@ in a
// header stands for the date N days ago.
//
//go:embed samples/mails/*.eml
var Samples embed.FS
