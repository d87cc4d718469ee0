package diagram

import (
	"math/rand"
	"testing"
)

func BenchmarkDraw(b *testing.B) {
	for name, nodes := range map[string]int{"10 nodes": 10, "20 nodes": 20, "40 nodes": 40} {
		r := rand.New(rand.NewSource(3))
		var graphs []Graph
		for range 20 {
			graphs = append(graphs, randomGraph(r, nodes))
		}
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				Draw(graphs[i%len(graphs)], 80)
				i++
			}
		})
	}
}
