import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def before_call(context, case, kwargs):
    """No generator can make an authenticated text, so good questions go without a made-up cursor; one that
    follows an answer's own link keeps it, and bad questions keep what they have."""
    meta = case.meta
    if meta is None or meta.phase.name.value == "stateful":
        return
    if meta.generation.mode == GenerationMode.POSITIVE and case.query:
        case.query.pop("cursor", None)
