"""What a document cannot say and the checks would take for a mistake of the gateway."""

import schemathesis

# Which cursors exist no schema can tell; which upstreams exist this document does not tell, as not every
# caller may know. So none that was made up counts as a good request.
UNKNOWABLE = ["cursor", "upstream"]


@schemathesis.hook
def before_call(context, case, arguments):
    """In requests that are bad on purpose made-up values stay: they must be refused as documented."""
    if case.meta and case.meta.generation.mode.is_positive and case.query:
        for name in UNKNOWABLE:
            case.query.pop(name, None)
