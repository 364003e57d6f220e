# make check runs what .ci/run runs, but for installing things.
GOLANGCI_VERSION := v2.15.0
GOLANGCI := $(shell go env GOPATH)/bin/golangci-lint-$(GOLANGCI_VERSION)

.PHONY: check test demo lint build vuln tools screenshots

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o confbot .

test:
	go test ./...

check: lint
	go mod tidy -diff
	go vet ./...
	go test -race -shuffle=on ./...

lint: $(GOLANGCI)
	$(GOLANGCI) run

demo:
	go run . demo

# Draws the pictures in docs/images again, in a real browser.
screenshots:
	BROWSERTEST_SHOTS=$(CURDIR)/docs/images go test -count=1 -run 'InTheBrowser|WithTheForm|NarrowWorks|InASentence|Announce' .

# Needs the network: the vulnerability database is not shipped.
vuln:
	go run golang.org/x/vuln/cmd/govulncheck@latest ./...

tools: $(GOLANGCI)

$(GOLANGCI):
	GOBIN=$(dir $(GOLANGCI))tmp go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(dir $(GOLANGCI))tmp/golangci-lint $(GOLANGCI)
	rmdir $(dir $(GOLANGCI))tmp
