from gaic.api import build as build
from gaic.api import check_model as check_model
from gaic.api import evaluate_model as evaluate_model
from gaic.api import explain as explain
from gaic.api import format_text as format_text

__version__: str
