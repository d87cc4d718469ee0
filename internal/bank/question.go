package bank

import "slices"

// QuestionID is the id of an item made from any question; no prompt of a bank may have it.
const QuestionID = "own-question"

const questionTitle = "A question of your own"

// Question makes an item of any question: a framework that has generic rubrics, and those alone. It can judge the shape of
// an answer and not this problem. Of several such frameworks the first by id is taken. The error is a *NotFound or Problems.
func (b *Bank) Question(ask string) (*Item, error) {
	for _, id := range slices.Sorted(slices.Values(b.frameworks().ids())) {
		f := b.frameworks().byID[id].load()
		if len(f.problems) > 0 {
			return nil, f.problems
		}
		if len(f.value.Generic) == 0 {
			continue
		}
		common, ps := b.words()
		it := &Item{Prompt: Prompt{ID: QuestionID, Title: questionTitle, Track: id, Family: QuestionID, Framework: id, Ask: ask, Rubrics: f.value.Generic}, Framework: f.value}
		it.Vocab = common.text
		s := &sharing{bank: b, framework: &f.value, common: common, taken: map[string]string{}}
		s.add(f.place, f.value.Rubrics, frameworkName(&f.value))
		s.add(f.place, f.value.Generic, "")
		it.Criteria = s.criteria
		if ps = append(ps, s.problems...); len(ps) > 0 {
			return nil, Problems(order(ps))
		}
		it.Digest = digestOf(*it)
		return it, nil
	}
	return nil, &NotFound{Kind: string(kindFramework), ID: "with generic rubrics"}
}
