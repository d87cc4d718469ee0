package bank

import (
	"gopkg.in/yaml.v3"
)

// node is a value of a document and where it stands. The library's own nodes are three times as large, mostly for comments.
type node struct {
	kind      nodeKind
	null      bool  // nothing, or a word for it
	merge     bool  // the key "<<"
	quoted    bool  // it begins after a quote
	line, col int32 // from 1; the column in characters
	text      string
	content   []*node // of a list its entries, of fields each name and its value
}

type nodeKind uint8

const (
	scalarNode nodeKind = iota
	listNode
	fieldsNode
	aliasNode
)

// treeOf takes over the library's tree; lines begin after those before the document.
func treeOf(n *yaml.Node, before int) *node {
	out := &node{line: int32(n.Line + before), col: int32(n.Column), text: n.Value}
	switch n.Kind {
	case yaml.SequenceNode:
		out.kind = listNode
	case yaml.MappingNode:
		out.kind = fieldsNode
	case yaml.AliasNode:
		out.kind = aliasNode
	default:
		out.null, out.merge = n.Tag == "!!null", n.Tag == "!!merge"
		out.quoted = quoted(n)
	}
	out.content = make([]*node, len(n.Content))
	for i, c := range n.Content {
		out.content[i] = treeOf(c, before)
	}
	return out
}

func quoted(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}
