"""The ground floor: the record of a trajectory, the ledger of a run, the exports. Imports nothing of ours."""
