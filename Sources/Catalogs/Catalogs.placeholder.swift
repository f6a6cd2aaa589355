// Catalogs: see the module table in the README.
