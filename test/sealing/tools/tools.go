//go:build tools

// Package tools pins the real programs that tests run.
package tools

import (
	_ "filippo.io/age/cmd/age-keygen"
	_ "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal"
	_ "github.com/getsops/sops/v3/cmd/sops"
)
