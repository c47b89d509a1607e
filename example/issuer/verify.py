"""Verifies an access token as any service can, in another language: with the published keys alone.

    /usr/bin/python3 example/issuer/verify.py ISSUER NAMESPACE TOKEN
"""
import sys

import jwt

issuer, namespace, token = sys.argv[1:]
keys = jwt.PyJWKClient(f"{issuer}/{namespace}/.well-known/jwks.json")
try:
    claims = jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],  # never what the token says
        issuer=f"{issuer}/{namespace}",
        audience=namespace,
        options={"require": ["exp", "iat", "sub"]},
    )
except jwt.PyJWTError as error:
    sys.exit(f"refused: {type(error).__name__}")
print(f"{claims['usr']} is in {claims['grp']}")
