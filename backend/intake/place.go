package intake

import "regexp"

const placeBody = `[\p{Han}A-Za-z0-9()#·—-]`

var (
	living  = regexp.MustCompile(`(?:家住|现住|住在|居住在|居住于|住址是|地址是|家在|我住|住)[ :]{0,2}(` + placeBody + `{3,60})`)
	owning  = regexp.MustCompile(`(?:我是|本人是|本人系|我们是)[ ]?(` + placeBody + `{4,40}?)的?(?:业主|居民|住户|村民)`)
	fullPut = regexp.MustCompile(`(?:^|[\s,。;:(])([\p{Han}]{2,8}(?:省|市|自治区|区|县)` + placeBody + `{3,50}(?:号|室|单元|栋|幢|楼))`)
	// lastPlace ends at the last word of an address.
	lastPlace = regexp.MustCompile(`^` + placeBody + `*(?:[栋幢座-]\d{1,4}|号楼|号|室|单元|栋|幢|座|层|户|楼|小区|花园|家园|公寓|村|组|社区|苑|里|屯)`)
	placeStop = regexp.MustCompile(`的(?:业主|居民|住户|村民|一名)|业主|居民|住户|村民|于\d|附近|旁边|楼上|楼下|隔壁`)
)

// places finds where the complainant lives.
func (r *reading) places() {
	s := r.t.s
	for _, m := range living.FindAllStringSubmatchIndex(s, 50) {
		if at, end := cutPlace(s, m[2], m[3]); end > at && !r.taken(at) {
			r.add(complainantAddress, byPhrase, s[at:end], at, end, 0.75, "“住”之后的地址")
		}
	}
	for _, m := range owning.FindAllStringSubmatchIndex(s, 50) {
		if at, end := cutPlace(s, m[2], m[3]); end > at && !r.taken(at) {
			r.add(complainantAddress, byPhrase, s[at:end], at, end, 0.7, "自称业主或居民的地址")
		}
	}
	for _, m := range fullPut.FindAllStringSubmatchIndex(s, 50) {
		if at, end := cutPlace(s, m[2], m[3]); end > at && !r.taken(at) {
			r.add(complainantAddress, byPattern, s[at:end], at, end, 0.5, "地址格式")
		}
	}
}

func cutPlace(s string, start, end int) (int, int) {
	run := s[start:end]
	if m := placeStop.FindStringIndex(run); m != nil {
		run = run[:m[0]]
	}
	place := lastPlace.FindString(run)
	if len([]rune(place)) < 4 {
		return start, start
	}
	return start, start + len(place)
}
