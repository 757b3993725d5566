"""What is reached over HTTP: the API of the contract and the pages. Who may do what, the store decides."""
