package sharedfolder_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"jiesu/backend/sharedfolder/sharedfoldertest"
)

var (
	seeds   = flag.Int("seeds", 40, "seeds of the simulation")
	theSeed = flag.Uint64("seed", 0, "run only this seed")
)

// Offices write and exchange at random over a folder that lies in every way;
// strangers spoil and delete. Nothing held is ever lost, nobody touches
// another's files, and once the folder tells the truth again all hold the same.
func TestOfficesConvergeOverALyingFolder(t *testing.T) {
	if *theSeed != 0 {
		simulate(t, *theSeed)
		return
	}
	for seed := range uint64(*seeds) {
		t.Run(fmt.Sprint("seed ", seed+1), func(t *testing.T) { simulate(t, seed+1) })
	}
}

func simulate(t *testing.T, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 1))
	w := newTown(t, seed, "甲", "乙", "丙", "丁")
	chance := []float64{0, 0.02, 0.1, 0.3}[rng.IntN(4)]
	for _, v := range w.views {
		v.Lie(sharedfoldertest.All(chance))
	}
	for range 150 {
		w.pass(time.Duration(rng.Int64N(int64(20 * time.Second))))
		i := rng.IntN(len(w.offices))
		o := w.offices[i]
		switch k := rng.IntN(20); {
		case k < 6:
			o.writeMany(1 + rng.IntN(3))
		case k < 16:
			w.step(i)
		case k == 16:
			o.start(w.views[i].Open)
		case k == 17:
			w.views[i].Mount(sharedfoldertest.Mount(rng.IntN(4)))
		default:
			w.vandal(rng)
		}
	}
	w.heal()
	for round := 0; ; round++ {
		same := true
		for _, o := range w.offices {
			o.sync()
			same = same && o.state() == w.offices[0].state()
		}
		if same && round > 2 {
			break
		}
		if round == 120 {
			t.Fatalf("seed %d: offices hold %d, %d, %d, %d entries after healing", seed,
				len(w.offices[0].holds), len(w.offices[1].holds), len(w.offices[2].holds), len(w.offices[3].holds))
		}
		w.pass(30 * time.Second)
	}
	late := w.add("戊")
	for range 120 {
		late.sync()
		if late.state() == w.offices[0].state() {
			return
		}
		for _, o := range w.offices {
			o.sync()
		}
		w.pass(30 * time.Second)
	}
	t.Fatalf("seed %d: a newcomer finds %d of %d entries", seed, len(late.holds), len(w.offices[0].holds))
}

// step is one exchange, after which only the office's own files differ.
func (w *town) step(i int) {
	o := w.offices[i]
	before := w.foreign(o)
	r, _ := o.Exchange(context.Background())
	if r.Fork != nil {
		w.t.Fatalf("%s: a fork where there is none", o.name)
	}
	if after := w.foreign(o); after != before {
		w.t.Fatalf("%s touched what is not its own:\n%s\n--\n%s", o.name, before, after)
	}
}

// foreign is everything outside an office's folder.
func (w *town) foreign(o *office) string {
	var out strings.Builder
	for _, file := range w.store.Files() {
		if !strings.HasPrefix(file, o.dir()+"/") {
			fmt.Fprintf(&out, "%s %x\n", file, w.store.Get(file))
		}
	}
	return out.String()
}

// vandal spoils or deletes something other than the marker.
func (w *town) vandal(rng *rand.Rand) {
	files := w.store.Files()
	file := files[rng.IntN(len(files))]
	if file == "jiesu/space.json" {
		return
	}
	switch rng.IntN(3) {
	case 0:
		w.store.Delete(file)
	case 1:
		w.store.Damage(file, sharedfoldertest.Harm(rng.IntN(int(sharedfoldertest.Flip)+1)))
	default:
		w.store.Put(file+".bak", []byte("copy"))
	}
}

func (w *town) heal() {
	for _, v := range w.views {
		v.Mount(sharedfoldertest.Mounted)
		v.Lie(sharedfoldertest.Faults{})
	}
}
