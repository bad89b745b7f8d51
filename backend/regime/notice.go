package regime

import "fmt"

// Notice is something to know before work goes on, said at registration and on
// the page of the case with the actions it speaks of. It never stands in the
// way of any.
type Notice struct {
	ID      string   `json:"id" yaml:"id"`
	Label   string   `json:"label" yaml:"label"`
	When    *Guard   `json:"when" yaml:"when"`
	Text    string   `json:"text" yaml:"text"`
	Article string   `json:"article,omitempty" yaml:"article,omitempty"`
	Actions []string `json:"actions,omitempty" yaml:"actions,omitempty"` // what may be done about it
}

// notices checks them.
func (c *checker) notices() {
	seen := map[string]bool{}
	for i, n := range c.r.Notices {
		at := fmt.Sprintf("notices[%d]", i)
		if !validID(n.ID) || seen[n.ID] {
			c.say(at, "提示的 id“%s”不合规则或重复", short(n.ID))
		}
		seen[n.ID] = true
		if n.Label == "" || n.Text == "" || n.When == nil {
			c.say(at, "提示“%s”没有写名称（label）、内容（text）或什么时候（when）", short(n.ID))
		}
		c.guard(at+".when", "main", n.When)
		for _, id := range n.Actions {
			if _, ok := c.r.Action(id); !ok {
				c.say(at, "提示“%s”的动作“%s”不存在", short(n.ID), short(id))
			}
		}
	}
}
