"""The catalogue: every mistake that the grader knows by name, and the question that helps a student to find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader.language import N_, _
from grader.model import Diagnosis

_LONGEST = 40
"""Longest word of a submission within a hint."""


@dataclass(frozen=True)
class Mistake:
    """A misconception. `id` is part of results.json; `mistake` says what is wrong, for instructors.

    `hint` asks a question; it may hold placeholders. Both are in English, to be translated where they are used.
    """

    id: str
    mistake: str
    hint: str


_ALL = (
    Mistake(
        "returns-nothing",
        N_("a missing or a bare return, the commonest mistake of all: often the result is printed instead"),
        N_("What does your function hand back to its caller?"),
    ),
    Mistake("missing-self", N_("a method without self"), N_("Who is the first argument of a method?")),
    Mistake(
        "rounded",
        N_("int() or round() on a result"),
        N_("Print your value with all its digits; which ones are missing?"),
    ),
    Mistake(
        "constant-for-variable",
        N_("a literal or another name typed for the variable"),
        N_("Change the input: does your output change with it?"),
    ),
    Mistake(
        "output-activated",
        N_("an activation on the output scores"),
        N_("Should the scores be able to be negative?"),
    ),
    Mistake(
        "normalised-over-batch",
        N_("softmax over the whole array or the wrong axis"),
        N_("Sum your probabilities along each axis."),
    ),
    Mistake(
        "comment-without-hash",
        N_("a line of prose that Python reads as code"),
        N_("Is this line code, or a comment without #?"),
    ),
    Mistake(
        "fullwidth-punctuation",
        N_("signs of a Chinese keyboard (：（），“”) in code"),
        N_("Type this sign again with the English input method."),
    ),
    Mistake("compared-not-assigned", N_("== for = in a statement"), N_("Does this line change anything?")),
    Mistake(
        "misspelt-name",
        N_("a name that is not defined, close to one that is"),
        N_("There is no `{name}`; did you mean `{nearest}`?"),
    ),
    Mistake(
        "batch-mean-missing",
        N_("not divided by the batch size"),
        N_("Your gradient grows with the batch; does your loss?"),
    ),
    Mistake(
        "batch-mean-twice",
        N_("divided by the batch size where it should not be"),
        N_("Count how often the batch average is taken along the chain."),
    ),
    Mistake(
        "wrong-denominator", N_("divided by classes or size"), N_("Which axis of the array counts samples?")
    ),
    Mistake(
        "scaled",
        N_("off by another constant factor"),
        N_("Your values are a constant multiple of the right ones; where does that constant come from?"),
    ),
    Mistake(
        "sign-flipped",
        N_("the gradient has the opposite sign"),
        N_("Try one tiny step: does the loss move the way you expect?"),
    ),
    Mistake("upstream-ignored", N_("dout is not used"), N_("What if the next layer sends 2 instead of 1?")),
    Mistake(
        "not-summed",
        N_("bias gradient keeps the batch axis"),
        N_("Compare the shape of b with the shape of your db."),
    ),
    Mistake("wrong-axis", N_("reduced over the wrong axis"), N_("b is shared across which axis?")),
    Mistake(
        "averaged", N_("mean or max for a sum"), N_("b touches every sample; how do their effects combine?")
    ),
    Mistake(
        "wrong-shape", N_("right numbers, wrong shape"), N_("A gradient has exactly its parameter's shape.")
    ),
    Mistake(
        "transposed",
        N_("an array or a factor of a product is transposed"),
        N_("Write the shapes next to each factor."),
    ),
    Mistake("not-reshaped", N_("dx left flat"), N_("dx must look like the x you were given.")),
    Mistake(
        "mask-inverted",
        N_("the gradient passes where the input was blocked, and is blocked where it passed"),
        N_("Which inputs passed through in the forward pass?"),
    ),
    Mistake(
        "mask-redrawn",
        N_("dropout draws a new mask going back"),
        N_("Which units were dropped on the way forward?"),
    ),
    Mistake(
        "mask-missing",
        N_("the gradient passes where the input was blocked"),
        N_("What did the layer do to the blocked inputs, and so to their gradient?"),
    ),
    Mistake(
        "mask-from-upstream",
        N_("the sign of dout is tested in place of that of the input"),
        N_("The gate was set in the forward pass; by whom?"),
    ),
    Mistake(
        "leaky-slope",
        N_("blocked entries get a slope"),
        N_("If x changes slightly there, does the output change?"),
    ),
    Mistake(
        "factor-missing",
        N_("a factor of the chain left out"),
        N_("Write the chain rule with every factor; which one is not in your code?"),
    ),
    Mistake(
        "slope-of-output",
        N_("derivative applied to the output"),
        N_("What does your derivative function expect as its argument?"),
    ),
    Mistake(
        "before-after-activation",
        N_("z for a, or a for z"),
        N_("Is this variable before or after the activation?"),
    ),
    Mistake(
        "other-slope", N_("another function's derivative"), N_("Re-derive the slope of *this* function.")
    ),
    Mistake(
        "argument-negated", N_("sign in the exponent"), N_("Check your function at a large positive input.")
    ),
    Mistake("target-missing", N_("label not subtracted"), N_("Where does the label enter your gradient?")),
    Mistake(
        "target-swapped",
        N_("target and prediction exchanged"),
        N_("With a perfect prediction the gradient should vanish."),
    ),
    Mistake(
        "scores-not-probabilities",
        N_("the scores are used where their softmax belongs"),
        N_("Which quantity sums to 1 per row?"),
    ),
    Mistake(
        "label-format",
        N_("works for one label format only"),
        N_("Labels come in several formats; which of them fails?"),
    ),
    Mistake(
        "overflow",
        N_("not finite for large inputs"),
        N_("exp(1000) is not a number you can use; what can you subtract first?"),
    ),
    Mistake(
        "cache-corrupted",
        N_("second backward differs"),
        N_("Call backward twice: why does the answer change?"),
    ),
    Mistake(
        "writes-into-argument",
        N_("dout or x changed"),
        N_("Your result is right, but whose array did you edit?"),
    ),
    Mistake(
        "stale-cache", N_("values of an earlier forward"), N_("Your second call still remembers the first.")
    ),
    Mistake(
        "accumulates",
        N_("adds to the previous gradient"),
        N_("Train two steps: does step 2 still contain step 1?"),
    ),
    Mistake(
        "updated-weights",
        N_("propagates through weights already updated"),
        N_("In what order do you update and propagate?"),
    ),
    Mistake(
        "learning-rate",
        N_("missing, twice, or in the input error"),
        N_("Where does the learning rate belong, and where not?"),
    ),
    Mistake(
        "swapped", N_("two results or inputs exchanged"), N_("Follow one input with the other held at 1.")
    ),
    Mistake(
        "kernel-flipped",
        N_("the kernel is turned round, or not turned where it has to be"),
        N_("Follow one input pixel: which kernel entries touch it?"),
    ),
    Mistake(
        "overwritten",
        N_("= for += in a loop"),
        N_("Only one term of the sum is left; where do the others go?"),
    ),
    Mistake(
        "bias-repeated",
        N_("bias added once an input channel, or its gradient multiplied by the depth"),
        N_("How many times is the bias added to one output?"),
    ),
    Mistake("bias-missing", N_("forward without b"), N_("Set every weight to 0: what should come out?")),
    Mistake(
        "weight-missing-in-chain",
        N_("delta not sent back through its weight"),
        N_("How does the error travel back along each connection?"),
    ),
    Mistake(
        "regularisation",
        N_("missing, wrong factor, or on a bias"),
        N_("Which parameters does the penalty contain, and what is its slope?"),
    ),
    Mistake(
        "gradient-missing",
        N_("a gradient was never set"),
        N_("Which attribute or result should hold this gradient?"),
    ),
    Mistake("layer-order", N_("layers traversed in the wrong order"), N_("Which layer saw the data last?")),
    Mistake(
        "initialisation",
        N_("parameters drawn on the wrong scale"),
        N_("Print the standard deviation of each parameter at the start."),
    ),
)

MISTAKES: Mapping[str, Mistake] = MappingProxyType({mistake.id: mistake for mistake in _ALL})


def diagnosis(id: str, **words: str) -> Diagnosis:
    """The diagnosis of that id, its hint in the language of this run.

    `words` fill the hint's placeholders. They may come from a submission: they are cut, and only what can be
    printed is kept. Raises KeyError for an id that is not in the catalogue, or a placeholder without its word.
    """
    hint = _(MISTAKES[id].hint)
    return Diagnosis(id, hint.format(**{key: _plain(word) for key, word in words.items()}))


def _plain(word: str) -> str:
    """At most 40 printable characters."""
    printable = "".join(character for character in word[: 4 * _LONGEST] if character.isprintable())
    return printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"
