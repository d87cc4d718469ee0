package bank

import "gopkg.in/yaml.v3"

type origin struct {
	rubric string            // the rubric it comes from, "" for a prompt's own
	vocab  map[string]string // names its claims may use
	topic  []string          // the rubric's own topic
	file   string
	node   *yaml.Node
}
