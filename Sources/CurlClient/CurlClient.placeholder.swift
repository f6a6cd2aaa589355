// CurlClient: see the module table in the README.
