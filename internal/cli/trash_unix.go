//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"syscall"
)

// topOf is the highest folder above dir on the same volume.
func topOf(dir string) (string, error) {
	volume, err := volumeOf(dir)
	if err != nil {
		return "", err
	}
	for {
		above := filepath.Dir(dir)
		other, err := volumeOf(above)
		if err != nil || other != volume || above == dir {
			return dir, nil
		}
		dir = above
	}
}

func volumeOf(dir string) (uint64, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return 0, err
	}
	return uint64(info.Sys().(*syscall.Stat_t).Dev), nil
}
