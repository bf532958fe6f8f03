# The commands of this project. Each finds or installs what it needs; how is
# written in .make/.

.PHONY: help serve test lab browsers build clean

help: ## Lists the commands.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: ## Builds the page and serves it on http://127.0.0.1:8080/ (PORT=… for another port).
	@bash .make/serve.sh

test: ## Runs every check. STAGES="format core" runs only these; STAGES=list names them all.
	@bash .make/test.sh $(STAGES)

lab: ## Measures all plans of the network lab, and 48 drawn by chance (LAB_SEEDS=100..130 for others).
	@LAB_SEEDS="$${LAB_SEEDS:-1..49}" bash .make/test.sh lab

browsers: ## Tells the page's main story to Firefox and WebKit, and installs them (after make build).
	@bash .make/browsers.sh

build: ## Builds the page into dist/, ready to publish.
	@bash .make/build.sh

clean: ## Removes what was built here. The tools in the cache folder stay.
	@rm -rf target dist tests/browser/node_modules tests/browser/test-results tests/bench/browser/react-flow/node_modules
