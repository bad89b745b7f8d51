package main

import (
	"time"

	"jiesu/backend/vault"
)

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
