// Command jiesu is the complaint desk with its window.
//
// It embeds the built web pages and the icon and hands them to package app;
// everything the desk can do is in backend/, every screen in frontend/.
package main

import (
	"embed"
	"fmt"
	"os"

	"jiesu/app"
)

//go:embed all:frontend/dist
var pages embed.FS

//go:embed build/appicon.png
var icon []byte

func main() {
	if err := app.Run(pages, icon); err != nil {
		fmt.Fprintln(os.Stderr, "接诉无法启动：", err)
		os.Exit(1)
	}
}
