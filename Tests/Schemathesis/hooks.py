import schemathesis
from schemathesis import GenerationMode

# No generator can make an authenticated text, and the document does not name the upstreams, as not every caller
# may know them. So good questions go without made-up ones; bad questions keep what they have.
UNKNOWABLE = ["cursor", "upstream"]


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta and case.meta.generation.mode == GenerationMode.POSITIVE and case.query:
        for name in UNKNOWABLE:
            case.query.pop(name, None)
