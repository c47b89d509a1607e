"""Verifies, signs, decrypts and encrypts what one JSON text on standard input asks for, with PyJWT and with jwcrypto."""

import json
import sys

import jwt
from jwcrypto import jwe, jwk
from jwcrypto.jwt import JWT

job = json.load(sys.stdin)
issuer, audience, header = job["issuer"], job["audience"], job["header"]
published = jwt.PyJWKSet.from_dict(job["jwks"])
published_set = jwk.JWKSet.from_json(json.dumps(job["jwks"]))


def outcome(attempt):
    """What comes out, or the name of the error."""
    try:
        return attempt()
    except Exception as error:  # what is refused is told to the test
        return type(error).__name__


def key_of(alg, kid):
    """A secret is given to each side; a key pair is looked up in the published set."""
    if alg.startswith("HS"):
        return jwt.PyJWK(job["private"][alg]), jwk.JWK(**job["private"][alg])
    return next(key for key in published.keys if key.key_id == kid), published_set.get_key(kid)


def verify(alg, token):
    kid = jwt.get_unverified_header(token)["kid"]
    one, other = key_of(alg, kid)

    def by_pyjwt():
        claims = jwt.decode(token, one.key, algorithms=[alg], issuer=issuer, audience=audience)
        return claims["sub"]

    def by_jwcrypto():
        wanted = {"iss": issuer, "aud": audience, "exp": None}
        return json.loads(JWT(jwt=token, key=other, algs=[alg], check_claims=wanted).claims)["sub"]

    return {"PyJWT": outcome(by_pyjwt), "jwcrypto": outcome(by_jwcrypto)}


def sign(alg, private):
    said = {**header, "alg": alg, "kid": private["kid"]}

    def by_pyjwt():
        return jwt.encode(job["claims"], jwt.PyJWK(private).key, algorithm=alg, headers=said)

    def by_jwcrypto():
        token = JWT(header=said, claims=job["claims"])
        token.make_signed_token(jwk.JWK(**private))
        return token.serialize()

    return {"PyJWT": outcome(by_pyjwt), "jwcrypto": outcome(by_jwcrypto)}


def decrypt(private, token):
    opened = jwe.JWE()
    opened.deserialize(token, jwk.JWK(**private))
    return opened.payload.decode()


def encrypt(public, enc, text):
    said = {"alg": public["alg"], "enc": enc, "kid": public["kid"], "cty": "JWT"}
    token = jwe.JWE(text.encode(), json.dumps(said))
    token.add_recipient(jwk.JWK(**public))
    return token.serialize(compact=True)


json.dump(
    {
        "verified": [verify(alg, token) for alg, token in job["signed"]],
        "signed": {alg: sign(alg, private) for alg, private in job["private"].items()},
        "decrypted": [outcome(lambda: decrypt(each["private"], each["token"])) for each in job["encrypted"]],
        "encrypted": [outcome(lambda: encrypt(each["public"], each["enc"], each["text"])) for each in job["encrypted"]],
    },
    sys.stdout,
)
