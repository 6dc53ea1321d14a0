"""The forms of filing. Those of records are made from `applications.sections`; the rest are written out."""
