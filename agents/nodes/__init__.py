"""The nodes of the attempt graph, one short async function a file: `(state, runtime) -> update`."""
