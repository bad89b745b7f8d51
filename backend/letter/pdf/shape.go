package pdf

import "strings"

// shape sets a title or a name in lines of like length, the upper ones rather
// shorter (正梯形): GB/T 9704-2012 7.3.1 wants no word split, so a break after
// a particle or mark near the middle is preferred.
func shape(items []item, from int, size, width float64) []line {
	total := widthOf(items[from:], size)
	count := 1
	for total > width*float64(count)*0.98 && count < 40 {
		count++
	}
	var lines []line
	at := from
	for ; count > 1 && at < len(items); count-- {
		ideal := widthOf(items[at:], size) / float64(count)
		end := bestBreak(items, at, size, min(ideal, width), width)
		lines = append(lines, line{from: at, to: end, width: widthOf(items[at:end], size)})
		at = end
	}
	for at < len(items) {
		rest := widthOf(items[at:], size)
		end := len(items)
		if rest > width {
			end = bestBreak(items, at, size, width, width)
		}
		lines = append(lines, line{from: at, to: end, width: widthOf(items[at:end], size)})
		at = end
	}
	return lines
}

// bestBreak finds the end of a line that starts at from and should be about
// ideal wide, at most width.
func bestBreak(items []item, from int, size, ideal, width float64) int {
	best, cost := from+1, 1e9
	w := 0.0
	for i := from; i+1 < len(items); i++ {
		w += float64(items[i].advance) * size / 1000
		if w > width {
			break
		}
		if !mayBreak(items[i], items[i+1]) {
			continue
		}
		c := (ideal - w) / size
		if c < 0 {
			c *= -1.5 // rather shorter above
		}
		if strings.ContainsRune("的于对和与及、》）省市县区局会", items[i].r) {
			c -= 2.5
		}
		if c < cost {
			best, cost = i+1, c
		}
	}
	return best
}

func mayBreak(a, b item) bool {
	return b.class&noStart == 0 && a.class&noEnd == 0 && (a.class&latin == 0 || b.class&latin == 0)
}
