"""The rules that are Python, a line a rule: what each looks at, its card, and what the program asks of a code.

A rule's file bears its code and stands in the room of its letters; it is imported when its group is first used, or
when a finding of its code is put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from xltools.bilingual import Pair
from xltools.findings.card import Card, Mended
from xltools.findings.finding import Finding
from xltools.form.model import LEVELS

if TYPE_CHECKING:
    from xltools.rules.batch.context import AgainstLastYear, BatchContext, DecisionLine, Placed
    from xltools.rules.context import RuleContext
    from xltools.rules.narrative.context import NarrativeContext
    from xltools.rules.narrative.unaccompanied import Unaccompanied
    from xltools.rules.quality.context import QualityContext

ROOMS = {
    **{"IN": "intake", "ST": "workbook", "VA": "workbook"},
    **{"KQ": "quality", "NA": "narrative", "BT": "batch"},
}
"""Where the rules of a family stand."""

Looks = TypeVar("Looks", contravariant=True)
Gives = TypeVar("Gives", covariant=True)
R = TypeVar("R", covariant=True)


class HasCard(Protocol):
    """Any rule file."""

    CARD: Card


class Rule(HasCard, Protocol[Looks, Gives]):
    """A rule that finds something: in a workbook, a narrative, a batch."""

    def find(self, ctx: Looks, /) -> Iterator[Gives]:
        """Yield what this rule finds."""
        ...


class ReasonRule(HasCard, Protocol):
    """A rule that says why a file could not be read."""

    REASONS: Mapping[str, Pair]


class ReasonRuleWithRest(ReasonRule, Protocol):
    """The same, with words for every reason that it does not know."""

    OTHERWISE: Pair


class Group(Generic[R]):
    """Rules that look at the same thing, in the order their findings come."""

    def __init__(self, *names: str) -> None:
        self.names = names

    @cached_property
    def rules(self) -> tuple[R, ...]:
        """The rule files."""
        return tuple(_file(name) for name in self.names)


def _file(name: str) -> Any:
    return import_module(f"xltools.rules.{ROOMS[name[:2].upper()]}.{name}")


FILES: Group[ReasonRule] = Group(
    "in001_damaged",
    "in002_not_ours",
    "in003_encrypted",
    "in004_saved_otherwise",
    "in005_too_large",
    "in006_suspicious",
    "in007_not_a_workbook",
    "in008_empty",
    "in009_other_form",
    "in010_program_failed",
    "in013_time_or_memory",
    "in014_archive",
)
"""Why a file could not be read; the first speaks where no other does."""
WORKBOOK: Group[Rule[RuleContext, Finding]] = Group(
    "in011_format_carries_less",
    "in012_active_content",
    "st001_constant_differs",
    "st002_constant_agrees",
    "st003_formula_changed",
    "st004_not_recalculated",
    "st005_stale_value",
    "st006_prefilled_changed",
    "st007_protection_removed",
    "st008_validation_removed",
    "st009_sheet_missing",
    "st010_sheet_renamed",
    "st011_sheet_hidden",
    "st012_sheet_added",
    "st013_lines_inserted",
    "st014_name_lost",
    "st015_place_unknown",
    "st016_other_form",
    "st017_definition_differs",
    "st018_outside_form",
    "st019_error_value",
    "st020_code_differs",
    "st021_formulas_pasted",
    "st022_constant_changed",
    "st023_name_changed",
    "st024_words_changed",
    "st025_former_edition",
    "st026_hidden_lines",
    "st027_merged_inputs",
    "st028_bureaus_column",
    "va001_missing",
    "va002_unreadable",
    "va003_not_in_list",
    "va004_out_of_range",
    "va005_negative",
    "va006_too_precise",
    "va007_unusual_writing",
    "va008_nothing_word",
    "va009_other_year_date",
    "va010_other_year",
    "va011_text_too_long",
    "va012_formula_in_input",
    "va013_hint_left",
    "va014_unit_slip",
    "va015_percent_slip",
    "va016_not_whole",
    "va017_text_figures",
    "va018_over_hundred",
    "va019_below_zero",
    "va020_not_given",
    "va021_no_content",
    "va022_own_words",
    "va023_last_years_text",
    "va024_rate_of_nothing",
    "va025_text_twice",
)
"""One workbook by itself."""
QUALITY: Group[Rule[QualityContext, Finding]] = Group(
    "kq001_cost_at_least",
    "kq002_worse_at_least",
    "kq003_better_at_most",
    "kq004_payment_as_output",
    "kq005_indicator_twice",
    "kq006_effect_in_percent",
    "kq008_nothing_measured",
    "kq009_unit_missing",
    "kq010_unit_unfit",
    "kq013_no_satisfaction",
    "kq014_one_row_bears_all",
    "kq015_group_empty",
    "kq016_result_as_a_whole",
)
"""The indicators of one workbook: what they say, not how they were met."""
BATCH: Group[Rule[BatchContext, Placed]] = Group(
    "in015_older_copy",
    "bt004_same_file",
    "bt002_sent_twice",
    "bt006_shared_code",
    "bt007_copied_figures",
    "bt009_too_good",
    "bt008_all_best",
    "bt003_unknown_department",
    "bt005_approved_figure",
    "bt014_unit_of_roster",
    "bt016_file_of_another",
    "kq012_indicators_of_another",
)
"""All workbooks of a run."""
NARRATIVE: Group[Rule[NarrativeContext, Finding]] = Group(
    "na001_figure_differs",
    "na002_sum",
    "na003_rate",
    "na004_cut",
    "na005_wrong_base",
    "na006_same_fact",
    "na007_grade",
    "na008_unit",
    "na009_department",
    "na010_year",
    "na011_residue",
    "na012_punctuation",
    "na013_section",
    "na014_named_rate",
    "na015_part_exceeds",
    "na019_growth",
    "na020_balance",
    "na021_count",
    "na022_product",
    "na023_impossible_rate",
    "na024_words_differ",
    "na025_staff",
    "na026_incomplete_figure",
    "na027_unpaired",
    "na028_numbering",
    "na029_empty_section",
    "na030_doubled_words",
    "na017_no_workbook",
)
"""A narrative and its workbook, if any."""
UNACCOMPANIED: Group[Rule[Unaccompanied, Finding]] = Group("na016_no_narrative")
"""A workbook without a narrative."""
NARRATIVE_FILES: Group[ReasonRuleWithRest] = Group("na018_unreadable")
"""Why a narrative could not be read."""
LAST_YEAR: Group[Rule[AgainstLastYear, Finding]] = Group(
    "bt012_opening_figure", "bt013_last_years_copy", "bt015_unit_of_last_year", "kq011_target_below_last_year"
)
"""A workbook and that of the year before."""
DECISIONS: Group[Rule[DecisionLine, Finding]] = Group("bt010_decision_incomplete", "bt011_decision_unfit")
"""A decision of the coordinator."""

GROUPS: tuple[Group[Any], ...] = (
    *(FILES, WORKBOOK, QUALITY, BATCH, NARRATIVE, UNACCOMPANIED, NARRATIVE_FILES, LAST_YEAR, DECISIONS),
)
_NAMES = {name[:5].upper(): name for group in GROUPS for name in group.names}


@cache
def card_of(code: str) -> Card | None:
    """Return the card of a code, None for a form's own."""
    name = _NAMES.get(code)
    if name is None:
        return None
    card: Card = _file(name).CARD
    return card


def cards() -> tuple[Card, ...]:
    """Return all cards, by code within the order of the families."""
    found = [card for code in _NAMES if (card := card_of(code)) is not None]
    return tuple(sorted(found, key=lambda card: (list(ROOMS).index(card.family), card.code)))


# ---------------------------------------------------------------------- what the program asks of a code


def may_be_kept(code: str) -> bool:
    """True when a result with this finding depends on nothing but the file, so that the cache may keep it."""
    card = card_of(code)
    return card is None or card.cacheable


def asks_password(code: str) -> bool:
    """True when a password would open the file."""
    card = card_of(code)
    return card is not None and card.by_password


def overview_column(code: str) -> Pair | None:
    """Return the title of the overview's column that says the finding, None where it stands among the problems."""
    card = card_of(code)
    return None if card is None else card.in_overview


def about_copies(code: str) -> bool:
    """True when the finding is about several workbooks of one department."""
    card = card_of(code)
    return card is not None and card.about_copies


def mended_by_return(code: str) -> Mended:
    """Return what a return copy itself does about a finding, "" where the department must."""
    card = card_of(code)
    return "" if card is None else card.mended_by_return


def of_a_block(code: str) -> bool:
    """True for findings whose related cells are as wrong as their own."""
    card = card_of(code)
    return card is not None and card.of_a_block


def may_lead(finding: Finding) -> bool:
    """True when others may be folded under the finding, as its consequences."""
    card = card_of(finding.code)
    if card is None or card.may_lead is None:
        return False
    return LEVELS.index(finding.level) <= LEVELS.index(card.may_lead)
