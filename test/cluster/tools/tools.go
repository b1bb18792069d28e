//go:build tools

// Package tools pins the real programs that tests run.
package tools

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
