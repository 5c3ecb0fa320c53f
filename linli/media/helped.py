"""What a helper sends is told with the entry that shows it."""

from linli.facts.media import RecordingSent
from linli.helping import acts

acts.mute(RecordingSent)
