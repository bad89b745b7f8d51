// Command requirements prints docs/requirements.tsv row by row: what each of
// the sixteen systems asks, what meets it and which test proves it. It ends
// with "met N, due M of 304" and fails when a row is without. It is run from
// the folder of the project, by build/requirements.
//
//	requirements           print and check
//	requirements --merge   also write the parts of docs/requirements.d into the table and remove them
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jiesu/backend/requirement"
)

func main() {
	without, err := run(os.DirFS("."), len(os.Args) > 1 && os.Args[1] == "--merge")
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	case without > 0:
		fmt.Fprintf(os.Stderr, "%d without\n", without)
		os.Exit(1)
	}
}

func run(root fs.FS, merge bool) (without int, err error) {
	rows, shipped, proof, err := read(root)
	if err != nil {
		return 0, err
	}
	text, without := requirement.Report(rows, shipped, proof)
	fmt.Print(text)
	if !merge {
		return without, nil
	}
	if err := os.WriteFile(filepath.Join("docs", requirement.TableFile), requirement.Write(rows), 0o644); err != nil {
		return without, err
	}
	return without, os.RemoveAll(filepath.Join("docs", requirement.PartsFolder))
}

// read takes the rulebooks and letters as they lie in the folder, not those
// built in.
func read(root fs.FS) ([]requirement.Row, *requirement.Shipped, *requirement.Proof, error) {
	folders := map[string]fs.FS{}
	for _, name := range []string{"docs", "assets/regimes", "assets/letters", "backend/desk"} {
		sub, err := fs.Sub(root, name)
		if err != nil {
			return nil, nil, nil, err
		}
		folders[name] = sub
	}
	rows, err := requirement.Read(folders["docs"])
	if err != nil {
		return nil, nil, nil, err
	}
	shipped, err := requirement.Load(folders["assets/regimes"], folders["assets/letters"])
	if err != nil {
		return nil, nil, nil, err
	}
	proof, err := requirement.Tests(folders["backend/desk"])
	return rows, shipped, proof, err
}
