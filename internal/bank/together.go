package bank

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// OnAllCores runs f for 0..n-1, in any order, and returns when all are done.
func OnAllCores(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

func together(fs ...func()) { OnAllCores(len(fs), func(i int) { fs[i]() }) }
