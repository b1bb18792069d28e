//go:build tools

// Package tools pins the real programs that tests run.
package tools

import _ "github.com/distribution/distribution/v3/cmd/registry"
