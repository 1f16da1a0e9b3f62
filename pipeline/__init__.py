"""Code that runs inside the Rasa process: the lean launcher, NLU components, the crisis gate and the nlg."""
