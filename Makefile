# Short names for the commands of the README and of docs/. Needs make and a shell; everything else comes with the build.
MVNW := ./mvnw --batch-mode --quiet

.PHONY: help run test chaos bench

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## runs the application on http://127.0.0.1:8080, with a SQLite file basalt.db unless DATABASE_URL says otherwise
	@$(MVNW) -Prun -pl app -am

chaos: ## breaks databases, network and processes under load, and judges; ARGS="--faults=black-hole --rounds=3"
	@$(MVNW) -Pchaos -pl chaos -am -Dchaos.args="$(ARGS)"

bench: ## measures, side by side; ARGS="postgres seconds=5"
	@$(MVNW) -Pbench -pl benchmarks -am -Dbench.args="$(ARGS)"

test: ## builds everything and passes every test
	@./mvnw verify
