package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/vault"
)

// hanzi is a character from a block of common ones, low ones more often, so
// that words are frequent and rare as in real text.
func hanzi(r *rand.Rand) rune {
	return 0x4e00 + rune(r.Float64()*r.Float64()*3000)
}

func text(r *rand.Rand, n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = hanzi(r)
		if i%17 == 16 {
			out[i] = '，'
		}
	}
	return string(out)
}

// sampleCase is the i-th sample complaint, 600 characters of facts.
func sampleCase(i int) desk.RegisterInput {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	day := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).AddDate(0, 0, i%260)
	return desk.RegisterInput{Regime: "cn.gov.general", Channel: []string{"written", "oral", "online"}[i%3], ReceivedAt: day.Format("2006-01-02 15:04"),
		Complainant: desk.Person{Name: "样本" + string([]rune{hanzi(r), hanzi(r)}), Phone: fmt.Sprintf("138%08d", i%100_000_000), Address: "样本区" + text(r, 8)},
		Respondent:  desk.Unit{Name: "样本" + text(r, 6) + "管理所"}, Request: text(r, 30), Facts: text(r, 600)}
}

// passwordCost is what checking the password alone takes.
func passwordCost(dir string) time.Duration {
	v, err := vault.Open(dir, vault.Options{})
	if err != nil {
		return 0
	}
	start := time.Now()
	s, err := v.Unlock(officer, []byte(password))
	if err != nil {
		return 0
	}
	defer s.Close()
	return time.Since(start)
}
