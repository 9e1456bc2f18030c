"""Archive policy rules: the archive policy of new metrics, by a pattern of their names."""

from ..api.metric import ARCHIVE_POLICY, ARCHIVE_POLICY_RULE
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Noun, Opt

archive_policy_rule = Noun(
    ARCHIVE_POLICY_RULE,
    "Manage archive policy rules: archive policies for new metrics, by name pattern.",
    columns=["name= archive_policy_name= metric_pattern="],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)
archive_policy_rule.create(
    Arg("name", "Name of the archive policy rule."),
    Opt(
        "-a --archive-policy-name",
        "Archive policy for matching metrics.",
        names=ARCHIVE_POLICY,
        metavar="ARCHIVE_POLICY",
        required=True,
    ),
    Opt("-m --metric-pattern", "Metric name pattern, e.g. 'disk.*'.", required=True),
    help="Create an archive policy rule (admin only).",
)
archive_policy_rule.list()
archive_policy_rule.show()
archive_policy_rule.delete(help="Delete archive policy rules (admin only).")
