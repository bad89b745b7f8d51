package pdf

import (
	"io/fs"
	"strings"
	"sync"
)

// A face is how text looks: a chain of fonts, the first that has a character
// draws it.
type face int

const (
	fang  face = iota // 仿宋: body
	song              // 宋: digits, page numbers, small print
	title             // 小标宋: title and letterhead
	hei               // 黑体: labels, first headings
	kai               // 楷体: second headings
	faces
)

// The font files, by their place in Fonts.files.
const (
	fileFang = iota
	fileSong
	fileBold
	fileHei
	fileKai
	fileHana
)

var fontFiles = [...]struct{ file, name string }{
	{"LXGWZhuqueFangsong-Regular.ttf", "ZhuqueFangsong-Regular"},
	{"NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular"},
	{"NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold"},
	{"NotoSansSC_500Medium.ttf", "NotoSansSC-Medium"},
	{"LXGWWenKaiGBLite-Regular.ttf", "LXGWWenKaiGBLite-Regular"},
	{"HanaMinB.ttf", "HanaMinB"},
}

// chains: 仿宋 → 宋 → HanaMinB covers all hanzi of GB 18030-2022. latin is
// the file that draws digits and letters: those of the 仿宋 look old.
var chains = [faces]struct {
	files []int
	latin int
}{
	fang:  {[]int{fileFang, fileSong, fileHana}, fileSong},
	song:  {[]int{fileSong, fileHana}, fileSong},
	title: {[]int{fileBold, fileSong, fileHana}, fileBold},
	hei:   {[]int{fileHei, fileSong, fileHana}, fileHei},
	kai:   {[]int{fileKai, fileSong, fileHana}, fileSong},
}

// Fonts are the fonts of the letters. They are read-only after LoadFonts but
// for caches that are safe to share.
type Fonts struct {
	files [len(fontFiles)]*font
	bmp   [faces]func() []ref
}

// LoadFonts reads the font files at the root of fsys, which must allow random
// access (an embed.FS or a folder does). Once per program is enough.
func LoadFonts(fsys fs.FS) (*Fonts, error) {
	f := &Fonts{}
	for i, src := range fontFiles {
		fn, err := openFont(fsys, src.file, src.name)
		if err != nil {
			return nil, err
		}
		f.files[i] = fn
	}
	for i := range faces {
		f.bmp[i] = sync.OnceValue(func() []ref {
			out := make([]ref, 1<<16)
			for r := range out {
				out[r] = f.find(i, rune(r))
			}
			return out
		})
	}
	return f, nil
}

// ref is a glyph of a font file; gid 0 means that no font has the character.
type ref struct {
	gid     uint16
	advance uint16 // 1/1000 em
	file    uint8
	class   class
}

// lookup finds the glyph of a character in a face.
func (f *Fonts) lookup(fc face, r rune) ref {
	if uint32(r) < 1<<16 {
		return f.bmp[fc]()[r]
	}
	return f.find(fc, r)
}

func (f *Fonts) find(fc face, r rune) ref {
	out := ref{class: classOf(r)}
	set := func(file, g int) bool {
		if g == 0 {
			return false
		}
		out.gid, out.file = uint16(g), uint8(file)
		out.advance = uint16(f.files[file].advance(g))
		return true
	}
	chain := chains[fc]
	if r < 0x250 && r != '·' && set(chain.latin, f.files[chain.latin].gid(r)) {
		return out
	}
	for _, file := range chain.files {
		if set(file, f.files[file].chinese(r)) {
			return out
		}
	}
	return out
}

// chinese picks the full-width form where a font has two (see the README of
// the fonts): quotation marks behind U+FE01, the dash as U+2015.
func (f *font) chinese(r rune) int {
	switch r {
	case '“', '”', '‘', '’':
		if g := f.variant(r, 0xFE01); g != 0 {
			return g
		}
	case '—':
		if g := f.gid('―'); g != 0 && f.advance(g) == 1000 {
			return g
		}
	}
	return f.gid(r)
}

// class is what line breaking must know of a character.
type class uint8

const (
	noStart class = 1 << iota // 避头: not at the start of a line
	noEnd                     // 避尾: not at the end
	closing                   // its right half may be squeezed
	opening                   // its left half may be squeezed
	latin                     // part of a word that is not broken
	space
	breaker // a long word may be broken after it
)

const (
	charsNoStart = "，。、；：？！）〕】》〉」』”’…—～·％℃‰%!),.:;?]}"
	charsNoEnd   = "（〔【《〈「『“‘([{"
	charsClosing = "，。、；：）〕】》〉」』”’"
	charsOpening = "（〔【《〈「『“‘"
	charsBreaker = "-/_@?&="
)

func classOf(r rune) (c class) {
	if r > 0x3100 && r < 0xFE00 { // hanzi, most of all text
		return 0
	}
	for _, k := range []struct {
		chars string
		class class
	}{{charsNoStart, noStart}, {charsNoEnd, noEnd}, {charsClosing, closing}, {charsOpening, opening}, {charsBreaker, breaker}} {
		if strings.ContainsRune(k.chars, r) {
			c |= k.class
		}
	}
	switch {
	case r == ' ' || r == '\u3000':
		c |= space
	case r > ' ' && r < 0x2000 && r != '·' && !strings.ContainsRune("()[]{}", r):
		c |= latin
	}
	return c
}
