"""Know what an IBM Cloud encryption key holds up before you touch it.

kmsguard reads what IBM Cloud already exports, and answers offline. Answers are frozen objects with attributes; ``to_dict()``
gives plain dictionaries and ``to_json()`` the text that every door of kmsguard gives, byte for byte.

>>> import kmsguard
>>> kmsguard.crn("crn:v1:bluemix:public:iam::::role:Viewer").outcome
'fine'
"""

from . import arrow as arrow
from ._crn import Crn as Crn
from ._crn import CrnColumn as CrnColumn
from ._crn import crn as crn
from ._crn import crns as crns
from ._crn import is_key_crn as is_key_crn
from ._diff import diff as diff
from ._errors import KmsguardError as KmsguardError
from ._inventory import Inventory as Inventory
from ._kmsguard import __version__ as __version__
from ._now import Moment as Moment
from ._plan import plan as plan
from ._policy import policy as policy
from ._record import Answer as Answer
from ._record import Record as Record
from ._rows import Rows as Rows
from ._types import *  # noqa: F403
