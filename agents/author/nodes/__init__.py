"""The nodes of the author and vet graphs, one short async function a file."""
