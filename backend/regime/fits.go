package regime

import (
	"slices"
	"strings"

	"jiesu/backend/field"
)

// FitsCapacity says whether the regime is meant for an office of that 主体资格;
// one that has not stated its own is offered all.
func (r *Regime) FitsCapacity(capacity string) bool {
	return capacity == "" || len(r.Profiles) == 0 || slices.Contains(r.Profiles, capacity)
}

// FitsSector says the same of its trade.
func (r *Regime) FitsSector(sector string) bool {
	return sector == "" || len(r.Sectors) == 0 || slices.Contains(r.Sectors, sector)
}

// SectorLabel is a trade in words, "" for one that is not in the list.
func SectorLabel(id string) string {
	list := Sectors()
	if i := slices.IndexFunc(list, func(o field.Option) bool { return o.ID == id }); i >= 0 {
		return list[i].Label
	}
	return ""
}

// SectorLabels are the trades the regime is meant for: "银行或信用社".
func (r *Regime) SectorLabels() string {
	labels := make([]string, len(r.Sectors))
	for i, id := range r.Sectors {
		labels[i] = SectorLabel(id)
	}
	return strings.Join(labels, "或")
}
