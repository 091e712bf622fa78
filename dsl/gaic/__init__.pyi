from gaic.api import build as build
from gaic.api import check_model as check_model
from gaic.api import evaluate_model as evaluate_model
from gaic.api import explain as explain

__version__: str
