// What the build knows of itself.
#ifndef CBUILDINFO_H
#define CBUILDINFO_H

// The commit the package was built from, or "unknown".
const char *build_info_commit(void);
#endif
