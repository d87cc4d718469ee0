package judge

import (
	"encoding/json"
	"slices"
)

// Schemas are written by hand: what is generated from types says less than strict servers ask for. What they cannot say, such
// as which levels belong to which criterion, is checked in the reply.

type object = map[string]any

func strict(properties object) object {
	keys := make([]string, 0, len(properties))
	for key := range properties {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return object{"type": "object", "properties": properties, "required": keys, "additionalProperties": false}
}

func encoded(schema object) json.RawMessage {
	raw, _ := json.Marshal(schema) // maps, lists and texts always encode
	return raw
}

// someText and someTexts are the forms of one text and of a list.
func someText() object  { return object{"type": "string"} }
func someTexts() object { return object{"type": "array", "items": someText()} }

// schema is the form of a reply about a case.
func (k *Case) schema() json.RawMessage {
	var ids, levels []string
	for _, c := range k.criteria() {
		ids = append(ids, c.ID)
		for _, l := range c.Levels {
			if !slices.Contains(levels, l.Name) {
				levels = append(levels, l.Name)
			}
		}
	}
	one := strict(object{"criterion": object{"type": "string", "enum": ids},
		"level": object{"type": "string", "enum": append([]string{none}, levels...)}, "quote": someText(), "why": someText()})
	return encoded(strict(object{"opinions": object{"type": "array", "items": one}, "well": someTexts(), "next": someTexts(), "question": someText()}))
}
